// Coral's client of Akismet, as Coral uses it: the key stands before the host's name.
const dns = require("node:dns");

const [host, key, kind, spam] = process.argv.slice(2);

// What wildcard DNS does on a real installation: every name under ours is ours.
const lookup = dns.lookup;
dns.lookup = (name, options, done) => lookup(name.endsWith(".localhost") ? "127.0.0.1" : name, options, done);

const { AkismetClient } = require("akismet-api");

async function main() {
  const client = new AkismetClient({ key, blog: "https://coral.example/", host, protocol: "http" });
  const comment = (content) => ({ ip: "", useragent: "x", referrer: "", content, name: "Ann", isTest: false, type: "comment" });
  const wrong = new AkismetClient({ key: "fmk-wrong", blog: "https://coral.example/", host, protocol: "http" });
  return {
    valid: await client.verifyKey(),
    wrong: await wrong.verifyKey(),
    kind: await client.checkSpam(comment(kind)),
    spam: await client.checkSpam(comment(spam)),
    magic: await client.checkSpam({ ...comment(kind), name: "viagra-test-123" }),
    thanks: (await client.submitSpam(comment(spam))).text,
    thanksAgain: (await client.submitHam(comment(kind))).text,
    refused: await wrong.checkSpam(comment(kind)).catch((error) => error.message),
  };
}

main().then((found) => console.log(JSON.stringify(found)));
