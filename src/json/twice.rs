//! A document as it is, with the keys that an object has twice: whoever reads JSON keeps one of them, and nobody says which.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::error::MOST_FAULTS;
use crate::fault::Fault;
use crate::text::shortened;

/// A document, of a key that is given twice the last value, and the keys that are given twice, each at its path.
pub(super) fn read(bytes: &[u8]) -> serde_json::Result<(Value, Vec<Fault>)> {
    let mut twice = Twice::default();
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let document = (&mut twice).deserialize(&mut from)?;
    from.end()?;
    let fault = |path: Vec<String>| {
        let path: Vec<&str> = path.iter().rev().map(String::as_str).collect();
        let found = path.last().map(|key| format!("{key:?}"));
        Fault::new(path.join("."), ["每个键一次", "each key once"], found)
    };
    Ok((document, twice.0.into_iter().map(fault).collect()))
}

/// The paths of the keys so far that are given twice, each from its end, as far as the walk has come back.
#[derive(Default)]
struct Twice(Vec<Vec<String>>);

impl Twice {
    /// What was found from here on is below this step.
    fn are_below(&mut self, from: usize, step: impl Fn() -> String) {
        self.0[from..].iter_mut().for_each(|path| path.push(step()));
    }
}

impl<'de> DeserializeSeed<'de> for &mut Twice {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Twice {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let before = self.0.len();
            if map.contains_key(&key) && before < MOST_FAULTS {
                self.0.push(vec![]);
            }
            let member = members.next_value_seed(&mut *self)?;
            self.are_below(before, || shortened(&key));
            map.insert(key, member);
        }
        Ok(Value::Object(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let before = self.0.len();
            let Some(item) = members.next_element_seed(&mut *self)? else { break };
            self.are_below(before, || items.len().to_string());
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }
}
