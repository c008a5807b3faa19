// Reads documents with the converter that quicktype made, and writes them back: `quicktype_client FOLDER`.
import { answer } from "./answer.mjs";
import { Convert } from "./root.mjs";

answer(process.argv[2]!, (text) => Convert.rootToJson(Convert.toRoot(text)));
