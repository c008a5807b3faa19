//! How values are read and written: what the derived readers and schemas need to agree with the documents.

use std::fmt;
use std::str::FromStr;

use schemars::Schema;
use serde::de::{self, IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::{Value, json};

/// The version of the schemas: raised with every change of a released file.
pub const VERSION: &str = "1.0.0";

/// Reads a JSON string through `FromStr`, without allocating where the input can be borrowed.
pub(crate) fn text<'de, T: FromStr<Err: fmt::Display>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    struct TextVisitor<T>(std::marker::PhantomData<T>);
    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for TextVisitor<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    from.deserialize_str(TextVisitor(std::marker::PhantomData))
}

// ---- As the schema has it -------------------------------------------------------------------------

/// A deserializer that takes a struct from an object and an enum from a string only: serde's derived readers take an array
/// for the one and an object for the other as well, the schema does not.
pub(crate) struct Objects<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Name(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// Reads a variant from its name.
pub(crate) struct Name<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Name<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<V::Value, E> {
        self.0.visit_enum(name.into_deserializer())
    }
}

/// A `T` that is read as the schema has it.
pub(crate) struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(Objects(from)).map(Object)
    }
}

/// For a field that is an object or a name.
pub(crate) fn exact<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::deserialize(Objects(from))
}

/// For a field that is an object or a name, null or absent.
pub(crate) fn optional<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(from)?.map(|Object(value)| value))
}

/// For a field that is a list of objects.
pub(crate) fn list_of_objects<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<Object<T>>::deserialize(from)?.into_iter().map(|Object(value)| value).collect())
}

/// For a field that is a list of objects, null or absent.
pub(crate) fn optional_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Option::<Vec<Object<T>>>::deserialize(from)?;
    Ok(list.into_iter().flatten().map(|Object(value)| value).collect())
}

/// For a field that is a list of texts, null or absent.
pub(crate) fn optional_texts<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// For a field whose absence, or null, has a meaning of its own.
pub(crate) fn or_default<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::<Object<T>>::deserialize(from)?.map(|Object(value)| value).unwrap_or_default())
}

/// A plain enum: schemars would make a union of documented variants, which code generators of other languages handle
/// worst. The documentation of the variants moves into the description.
pub(crate) fn plain_enum(schema: &mut Schema) {
    let Some(Value::Array(variants)) = schema.remove("oneOf") else { return };
    let mut values = Vec::new();
    let mut lines = Vec::new();
    for variant in &variants {
        let description = variant.get("description").and_then(Value::as_str);
        let constants =
            variant.get("const").into_iter().chain(variant.get("enum").and_then(Value::as_array).into_iter().flatten());
        for value in constants {
            values.push(value.clone());
            if let (Some(description), Some(value)) = (description, value.as_str()) {
                lines.push(format!("{value}: {description}"));
            }
        }
    }
    let before = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let description = [before.to_owned(), lines.join("; ")].join(" ");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), Value::Array(values));
    schema.insert("description".to_owned(), json!(description.trim().replace('\n', " ")));
}

/// Whether a value says nothing, so that JSON leaves its key out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The name of a plain enum's variant, as in JSON.
#[cfg(feature = "export")]
pub(crate) fn name_of(variant: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(variant).ok();
    name.as_ref().and_then(Value::as_str).expect("a plain enum is written as its name").to_owned()
}
