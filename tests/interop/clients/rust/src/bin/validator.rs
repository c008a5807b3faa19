//! The crate `jsonschema`: `validator SCHEMA FOLDER`.

use ogi_report_interop::answer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [schema, folder] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "validator SCHEMA FOLDER")?;
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(schema)?)?;
    jsonschema::meta::validate(&schema).map_err(|error| error.to_string())?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    answer(&folder, |text| {
        let document = serde_json::from_str(text).map_err(|error| error.to_string())?;
        validator.validate(&document).map_err(|error| format!("{}: {error}", error.instance_path()))?;
        Ok(None)
    })?;
    Ok(())
}
