//! Keys that an object has twice: whoever reads JSON keeps one of them, and nobody says which.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::MOST_FAULTS;
use crate::fault::Fault;
use crate::text::shortened;

/// The keys that are given twice, each at its path, of a document that is JSON.
pub(super) fn keys_given_twice(bytes: &[u8]) -> Vec<Fault> {
    let mut walk = Walk { path: Vec::new(), faults: Vec::new() };
    // What is no JSON is told elsewhere.
    let _ = (&mut walk).deserialize(&mut serde_json::Deserializer::from_slice(bytes));
    walk.faults
}

/// A step down a document.
enum Step {
    Key(String),
    Item(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Key(key) => f.write_str(&shortened(key)),
            Step::Item(number) => number.fmt(f),
        }
    }
}

/// A walk through all of a document.
struct Walk {
    path: Vec<Step>,
    faults: Vec<Fault>,
}

impl Walk {
    /// The last step leads to a key that was there before.
    fn fault(&mut self) {
        if self.faults.len() < MOST_FAULTS {
            let path: Vec<String> = self.path.iter().map(Step::to_string).collect();
            let found = path.last().map(|key| format!("{key:?}"));
            self.faults.push(Fault::new(path.join("."), ["每个键一次", "each key once"], found));
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Walk {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Walk {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let twice = seen.contains(&key);
            self.path.push(Step::Key(key));
            if twice {
                self.fault();
            }
            map.next_value_seed(&mut *self)?;
            if let Some(Step::Key(key)) = self.path.pop() {
                seen.insert(key);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for number in 0.. {
            self.path.push(Step::Item(number));
            if items.next_element_seed(&mut *self)?.is_none() {
                break;
            }
            self.path.pop();
        }
        self.path.pop();
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
