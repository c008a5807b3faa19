//! Writes anew all that is made from the code: `cargo run --features export --example export_schema`, after each change of a rule, of the form or
//! of a document. With `--check` it only says what would change; with `--release` it lists the files of this version as
//! released.

mod generated;

use std::path::Path;
use std::process::ExitCode;

use generated::{Generated, generated};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => generated(root).and_then(|made| write(root, &made)),
        ["--check"] => generated(root).and_then(|made| made.differences(root)).and_then(none),
        ["--release"] => generated(root).and_then(|made| write(root, &made.released(root)?)),
        _ => Err(vec!["expected no argument, --check or --release".to_owned()]),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes what differs, and removes what is no longer made.
fn write(root: &Path, made: &Generated) -> Result<(), Vec<String>> {
    let fault = |path: &Path, error: std::io::Error| vec![format!("{}: {error}", path.display())];
    for name in made.differences(root)? {
        let path = root.join(&name);
        match made.files.get(&name) {
            Some(text) => {
                let folder = path.parent().unwrap_or(root);
                std::fs::create_dir_all(folder).map_err(|error| fault(folder, error))?;
                std::fs::write(&path, text).map_err(|error| fault(&path, error))?;
                println!("{name}");
            }
            None => {
                std::fs::remove_file(&path).map_err(|error| fault(&path, error))?;
                println!("{name} is removed");
            }
        }
    }
    Ok(())
}

fn none(differences: Vec<String>) -> Result<(), Vec<String>> {
    let say = |name: String| format!("{name} is not as exported; run the example export_schema");
    if differences.is_empty() { Ok(()) } else { Err(differences.into_iter().map(say).collect()) }
}
