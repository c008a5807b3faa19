//! Writes the JSON Schemas into a folder: `cargo run --example export_schema -- schema`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "schema".to_owned());
    for (name, schema) in ogi_report::schema::all() {
        let path = std::path::Path::new(&folder).join(name);
        if let Err(error) = std::fs::write(&path, ogi_report::schema::to_text(&schema)) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
        println!("{}", path.display());
    }
    ExitCode::SUCCESS
}
