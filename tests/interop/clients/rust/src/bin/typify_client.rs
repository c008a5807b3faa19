//! Reads documents into the types that typify made, and writes them back: `typify_client DOCUMENT FOLDER`.
#![allow(dead_code, clippy::match_single_binding, reason = "no types are made where no schemas were given")]

use ogi_report_interop::answer;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated.rs"));
}

fn read_back<T: DeserializeOwned + Serialize>(text: &str) -> Result<Option<String>, String> {
    let document: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&document).map(Some).map_err(|error| error.to_string())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [document, folder] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "typify_client DOCUMENT FOLDER")?;
    answer(&folder, generated::reader(&document)?)?;
    Ok(())
}
