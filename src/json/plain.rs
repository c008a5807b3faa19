//! JSON as programs write it, read fast: the same visitors as with `serde_json`, behind a reader that knows no fractions and no
//! large numbers, and that gives up on anything else and on anything wrong, without a word. Then
//! `serde_json` reads the document again, and says what is wrong.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A text that is being read. No type of a document holds itself, and unknown keys are refused, so that nothing nests deeper than
/// the types do.
pub(super) struct Plain<'de> {
    text: &'de str,
    at: usize,
}

/// It is not plain, or not what is asked for.
#[derive(Debug)]
pub(super) struct GivesUp;

impl fmt::Display for GivesUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no plain JSON of this kind")
    }
}

impl std::error::Error for GivesUp {}

impl de::Error for GivesUp {
    fn custom<T: fmt::Display>(_: T) -> GivesUp {
        GivesUp
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> GivesUp {
        GivesUp
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> GivesUp {
        GivesUp
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> GivesUp {
        GivesUp
    }
    fn missing_field(_: &'static str) -> GivesUp {
        GivesUp
    }
    fn duplicate_field(_: &'static str) -> GivesUp {
        GivesUp
    }
}

/// 1 in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// A whole number of more digits may be none that a count can be.
const MOST_DIGITS: usize = 15;

impl<'de> Plain<'de> {
    pub(super) fn new(text: &'de str) -> Plain<'de> {
        Plain { text, at: 0 }
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                found => return found.copied(),
            }
        }
    }

    #[inline]
    fn take(&mut self, byte: u8) -> Result<(), GivesUp> {
        if self.peek() != Some(byte) {
            return Err(GivesUp);
        }
        self.at += 1;
        Ok(())
    }

    /// The members of the object that begins here.
    pub(super) fn object(&mut self) -> Result<Members<'_, 'de>, GivesUp> {
        self.take(b'{')?;
        Ok(Members { of: self, is_first: true })
    }

    /// Whether the next key is this one, which is then behind.
    #[inline]
    pub(super) fn is_key(&mut self, name: &str) -> bool {
        self.peek();
        let rest = self.text.as_bytes().get(self.at..).and_then(|rest| rest.strip_prefix(b"\""));
        let found =
            rest.and_then(|rest| rest.strip_prefix(name.as_bytes())).is_some_and(|rest| rest.first() == Some(&b'"'));
        if found {
            self.at += name.len() + 2;
        }
        found
    }

    pub(super) fn key(&mut self) -> Result<&'de str, GivesUp> {
        match self.string()? {
            Cow::Borrowed(key) => Ok(key),
            Cow::Owned(_) => Err(GivesUp),
        }
    }

    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), GivesUp> {
        self.take(b':')
    }

    /// Whether a null is next, which is then behind.
    #[inline]
    pub(super) fn is_null(&mut self) -> Result<bool, GivesUp> {
        let is_null = self.peek() == Some(b'n');
        if is_null {
            self.word("null")?;
        }
        Ok(is_null)
    }

    fn word(&mut self, word: &str) -> Result<(), GivesUp> {
        if !self.text[self.at..].starts_with(word) {
            return Err(GivesUp);
        }
        self.at += word.len();
        Ok(())
    }

    /// A string; its escapes are for `serde_json`.
    #[inline]
    fn string(&mut self) -> Result<Cow<'de, str>, GivesUp> {
        self.take(b'"')?;
        let start = self.at;
        let (mut at, mut has_escapes) = (start, false);
        loop {
            at = self.end_of_plain(at);
            match self.text.as_bytes().get(at) {
                Some(b'"') => break,
                Some(b'\\') => (at, has_escapes) = (at + 2, true),
                _ => return Err(GivesUp),
            }
        }
        self.at = at + 1;
        if has_escapes {
            return serde_json::from_str(&self.text[start - 1..self.at]).map(Cow::Owned).map_err(|_| GivesUp);
        }
        Ok(Cow::Borrowed(&self.text[start..at]))
    }

    /// Where the next quote, escape or control character is, or the end.
    #[inline]
    fn end_of_plain(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            // The lowest byte of eight that is under a bound has its high bit set first.
            let under = |eight: u64, bound: u8| eight.wrapping_sub(EACH * u64::from(bound)) & !eight & (EACH << 7);
            let is = |byte: u8| under(eight ^ (EACH * u64::from(byte)), 1);
            let stops = is(b'"') | is(b'\\') | under(eight, 0x20);
            if stops != 0 {
                // A bit of 64.
                return at + (stops.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
    }

    /// A whole number of few digits.
    #[inline]
    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, GivesUp> {
        let bytes = self.text.as_bytes();
        let is_negative = bytes[self.at] == b'-';
        let start = self.at + usize::from(is_negative);
        let (mut at, mut value) = (start, 0);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            if at - start == MOST_DIGITS {
                return Err(GivesUp);
            }
            value = value * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let leads_with_zero = at - start > 1 && bytes[start] == b'0';
        let goes_on = matches!(bytes.get(at), Some(b'.' | b'e' | b'E'));
        // -0 is none of the whole numbers.
        if at == start || leads_with_zero || goes_on || is_negative && value == 0 {
            return Err(GivesUp);
        }
        self.at = at;
        if is_negative { visitor.visit_i64(-value) } else { visitor.visit_u64(value.unsigned_abs()) }
    }
}

impl<'de> Deserializer<'de> for &mut Plain<'de> {
    type Error = GivesUp;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'-' | b'0'..=b'9') => self.number(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_unit()),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => Err(GivesUp),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        let mut members = self.object()?;
        let value = visitor.visit_map(&mut members)?;
        members.end(b'}')?;
        Ok(value)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        self.take(b'[')?;
        let mut members = Members { of: self, is_first: true };
        let value = visitor.visit_seq(&mut members)?;
        members.end(b']')?;
        Ok(value)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivesUp> {
        if self.is_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, GivesUp> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct struct enum
        ignored_any
    }
}

/// The members of an object or a list, from the first on.
pub(super) struct Members<'p, 'de> {
    pub(super) of: &'p mut Plain<'de>,
    is_first: bool,
}

impl<'de> Members<'_, 'de> {
    /// The value of the key that was read.
    pub(super) fn value<T: de::Deserialize<'de>>(&mut self) -> Result<T, GivesUp> {
        self.of.colon()?;
        T::deserialize(&mut *self.of)
    }

    /// What closes the object or list.
    pub(super) fn end(self, closes: u8) -> Result<(), GivesUp> {
        self.of.take(closes)
    }

    /// Whether there is another one, up to what closes the object or list.
    #[inline]
    pub(super) fn has_next(&mut self, closes: u8) -> Result<bool, GivesUp> {
        match self.of.peek() {
            Some(next) if next == closes => Ok(false),
            // `[1,]` fails where its second member is read.
            Some(b',') if !self.is_first => {
                self.of.at += 1;
                Ok(true)
            }
            _ if self.is_first => {
                self.is_first = false;
                Ok(true)
            }
            _ => Err(GivesUp),
        }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = GivesUp;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, GivesUp> {
        if !self.has_next(b'}')? {
            return Ok(None);
        }
        let key = self.of.key()?;
        seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, GivesUp> {
        self.of.take(b':')?;
        seed.deserialize(&mut *self.of)
    }
}

impl<'de> SeqAccess<'de> for Members<'_, 'de> {
    type Error = GivesUp;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, GivesUp> {
        if !self.has_next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.of).map(Some)
    }
}
