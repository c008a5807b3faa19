// What node takes for the records: peers.mjs RECORDS SCHEMA, a line of JSON for each.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PEERS}/package.json`);
const Ajv2020 = require("ajv/dist/2020").default;

const APPLICANTS = ["natural_person", "commercial_enterprise", "research_institution", "public_interest_organization",
  "legal_service_organization", "other"];
const sum = (row) => APPLICANTS.reduce((sum, key) => sum + row[key], 0);

// Whether the sums of the form add up.
function holds({ requests, proceedings }) {
  const { received, carried_in, carried_out, outcomes } = requests;
  const { total, disclosed, partially_disclosed, ...groups } = outcomes;
  const rows = [disclosed, partially_disclosed, ...Object.values(groups).flatMap(Object.values)];
  const { reconsideration, litigation } = proceedings;
  return [received, carried_in, carried_out, total, ...rows].every((row) => sum(row) === row.total)
    && [...APPLICANTS, "total"].every((key) => rows.reduce((sum, row) => sum + row[key], 0) === total[key]
      && received[key] + carried_in[key] === total[key] + carried_out[key])
    && [reconsideration, litigation.direct, litigation.after_reconsideration]
      .every((row) => row.upheld + row.corrected + row.other + row.pending === row.total);
}

function timed(name, lines, isRight) {
  let best = Infinity;
  let right = 0;
  for (let round = 0; round < 3; round += 1) {
    const start = process.hrtime.bigint();
    right = lines.filter(isRight).length;
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
  }
  console.log(JSON.stringify({ name, seconds: best, right }));
}

const [records, schema] = process.argv.slice(2);
const lines = fs.readFileSync(records, "utf8").split("\n").filter(Boolean);
timed("JSON.parse, and the sums", lines, (line) => holds(JSON.parse(line)));
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(fs.readFileSync(schema, "utf8")));
timed("JSON.parse, ajv, and the sums", lines, (line) => {
  const report = JSON.parse(line);
  return validate(report) && holds(report);
});
