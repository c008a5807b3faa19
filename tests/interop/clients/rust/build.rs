//! Makes Rust types of every schema in the folder `OGI_INTEROP_SCHEMAS`, one module a document, with typify.
//!
//! A schema that typify refuses must be a red row of the table, not a failed build: its reader is an error.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

use typify::{TypeSpace, TypeSpaceSettings};

type Fallible<T> = Result<T, Box<dyn error::Error>>;

fn main() -> Fallible<()> {
    println!("cargo::rerun-if-env-changed=OGI_INTEROP_SCHEMAS");
    println!("cargo::rerun-if-changed=build.rs");
    let mut modules = String::new();
    let mut arms = String::new();
    if let Some(folder) = env::var_os("OGI_INTEROP_SCHEMAS") {
        println!("cargo::rerun-if-changed={}", folder.display());
        for path in schemas(Path::new(&folder))? {
            let document = path.file_stem().unwrap_or_default().to_string_lossy();
            match types(&path) {
                Ok((root, code)) => {
                    let module = document.replace(['.', '-'], "_");
                    writeln!(modules, "#[allow(dead_code, clippy::all)]\npub mod {module} {{\n{code}\n}}")?;
                    writeln!(arms, "{document:?} => Ok(super::read_back::<{module}::{root}>),")?;
                }
                Err(error) => writeln!(arms, "{document:?} => Err({:?}.to_owned()),", error.to_string())?,
            }
        }
    }
    let reader = "pub type Reader = fn(&str) -> Result<Option<String>, String>;\n\
                  pub fn reader(document: &str) -> Result<Reader, String>";
    let other = "other => Err(format!(\"typify was not given {other}\")),";
    let code = format!("{modules}\n{reader} {{\nmatch document {{\n{arms}{other}\n}}\n}}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("generated.rs"), code)?;
    Ok(())
}

fn schemas(folder: &Path) -> Fallible<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}

/// The name of the root type, and the code of all types.
fn types(path: &Path) -> Fallible<(String, String)> {
    let schema = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    let root = space.add_root_schema(schema)?.ok_or("the root has no type")?;
    let name = space.get_type(&root)?.name();
    let code = prettyplease::unparse(&syn::parse2(space.to_stream())?);
    Ok((name, code))
}
