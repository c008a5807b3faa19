//! How every client of this harness is called, and how it answers.
//!
//! It takes the folder of fixtures as its last argument and prints one line of JSON for each file: `file`, and either
//! `error`, or what it wrote back as `written` (a validator writes nothing back).

use std::path::Path;

use serde_json::{Value, json};

/// Answers for every file of `folder`, in the order of their names.
pub fn answer(folder: &str, take: impl Fn(&str) -> Result<Option<String>, String>) -> std::io::Result<()> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        println!("{}", line(&path, take(&text)));
    }
    Ok(())
}

fn line(path: &Path, taken: Result<Option<String>, String>) -> Value {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    match taken {
        Ok(Some(written)) => json!({ "file": file, "written": written }),
        Ok(None) => json!({ "file": file }),
        Err(error) => json!({ "file": file, "error": error }),
    }
}
