// The typed client of Akismet, with its base address changed and nothing else.
import { Author, Blog, CheckResult, Client, Comment } from "@cedx/akismet";

const [baseUrl, key, kind, spam] = process.argv.slice(2);
const blog = new Blog({ url: "https://news.example/" });
const client = new Client(key, blog, { baseUrl });
const comment = (content, more = {}) =>
  new Comment({ author: new Author({ ipAddress: "192.0.2.1", userAgent: "x", ...more }), content });
const name = (result) => Object.entries(CheckResult).find(([, value]) => value === result)[0];

console.log(
  JSON.stringify({
    valid: await client.verifyKey(),
    wrong: await new Client("fmk-wrong", blog, { baseUrl }).verifyKey(),
    kind: name(await client.checkComment(comment(kind))),
    spam: name(await client.checkComment(comment(spam))),
    magic: name(await client.checkComment(comment(kind, { name: "viagra-test-123" }))),
    administrator: name(await client.checkComment(comment(spam, { role: "administrator" }))),
    submitted: await Promise.all([client.submitSpam(comment(spam)), client.submitHam(comment(kind))]).then(() => true),
    refused: await new Client("fmk-wrong", blog, { baseUrl }).checkComment(comment(kind)).catch((error) => error.message),
  }),
);
