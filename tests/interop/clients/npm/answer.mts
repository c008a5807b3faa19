// How every client of this harness answers: one line of JSON for each file of the folder, with `file`, and either `error`
// or what it wrote back as `written`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function answer(folder: string, take: (text: string) => string | undefined): void {
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), "utf8");
    try {
      console.log(JSON.stringify({ file, written: take(text) }));
    } catch (error) {
      console.log(JSON.stringify({ file, error: String(error) }));
    }
  }
}
