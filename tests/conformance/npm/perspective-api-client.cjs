// Perspective's client for Node: its address is a constant, so an interceptor sends it to us.
const axios = require("axios");
const Perspective = require("perspective-api-client");

const [ours, key, rude, dutch] = process.argv.slice(2);
axios.interceptors.request.use((config) => ({
  ...config,
  url: config.url.replace("https://commentanalyzer.googleapis.com", ours),
}));

async function main() {
  const client = new Perspective({ apiKey: key });
  const refused = (call) => call.catch((error) => ({ name: error.name, message: error.message, status: error.response.status }));
  return {
    one: await client.analyze(rude),
    many: await client.analyze(rude, { attributes: ["toxicity", "insult", "threat"] }),
    language: await refused(client.analyze(dutch)),
    key: await refused(new Perspective({ apiKey: "wrong" }).analyze(rude)),
    long: await refused(client.analyze("x".repeat(20992), { validate: false })),
    empty: await refused(client.analyze("", { validate: false })),
  };
}

main().then((found) => console.log(JSON.stringify(found)));
