// Validates with ajv in strict mode: `ajv FORM SCHEMA FOLDER`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [form, path, folder] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(path, "utf8"));

// What stands behind `x-` is only for people and tools that know it, but strict mode wants it declared.
function extensions(node, found = new Set()) {
  if (node !== null && typeof node === "object") {
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith("x-")) found.add(key);
      else extensions(value, found);
    }
  }
  return found;
}

function validator() {
  if (form === "draft-07") return new Ajv({ strict: true });
  const ajv = new Ajv2020({ strict: true });
  if (form === "annotated") {
    ajv.addVocabulary([...extensions(schema)]);
    addFormats.default(ajv);
  }
  return ajv;
}

const validate = validator().compile(schema);
for (const file of readdirSync(folder).sort()) {
  const valid = validate(JSON.parse(readFileSync(join(folder, file), "utf8")));
  console.log(JSON.stringify(valid ? { file } : { file, error: JSON.stringify(validate.errors) }));
}
