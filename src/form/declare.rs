//! How a clause of the form is declared: once, one line a row or column.
//!
//! `clause!` turns the proof-readable list of a clause's rows into a struct and its branches of the tree. What is in a
//! cell is a family of [`Content`](super::Content): the [cell's name](super::Cells), a [checked figure](super::Figures), or a
//! figure [given](super::Given) by a caller.

/// Declares a clause: a struct generic in its content, one line a row or column:
/// `key: Kind = "printed label", "articles it rests on", unit;`, where the kind is `Count`, `Change`, `Amount`, `Money`,
/// `Total`, `Part<Clause>` or `TotalRow<Clause>`. Lines that the form puts together under a label of their own stand in
/// `key: Name = "printed label", "articles it rests on" { … }`; they are fields of the same struct.
macro_rules! clause {
    ($(#[$doc:meta])* $Name:ident {
        $($key:ident: $Kind:ident $(<$Type:ident>)? = $printed:literal, $articles:literal $(, $unit:ident)?;)+
    }) => {
        clause!(@fields $(#[$doc])* $Name {
            $($key: $Kind $(<$Type>)? = $printed, $articles $(, $unit)?;)+
        });

        impl $crate::form::clause::Declared for $Name<$crate::form::cell::Cells> {
            const NAME: &'static str = stringify!($Name);
            fn branches(_clauses: $crate::form::edition_data::Clauses) -> Vec<$crate::form::tree::Branch> {
                clause!(@branches _clauses $($key: $Kind $(<$Type>)? = $printed, $articles $(, $unit)?;)+)
            }
        }
    };
    ($(#[$doc:meta])* $Name:ident {
        $($group:ident: $Group:ident = $label:literal, $rests:literal {
            $($key:ident: $Kind:ident $(<$Type:ident>)? = $printed:literal, $articles:literal;)+
        })+
    }) => {
        clause!(@fields $(#[$doc])* $Name {
            $($($key: $Kind $(<$Type>)? = $printed, $articles;)+)+
        });

        impl $crate::form::clause::Declared for $Name<$crate::form::cell::Cells> {
            const NAME: &'static str = stringify!($Name);
            fn branches(clauses: $crate::form::edition_data::Clauses) -> Vec<$crate::form::tree::Branch> {
                vec![$($crate::form::tree::Branch {
                    key: stringify!($group), printed: $label, articles: $rests, unit: clause!(@unit),
                    role: $crate::form::tree::Role::Group,
                    clause: stringify!($Group),
                    branches: clause!(@branches clauses $($key: $Kind $(<$Type>)? = $printed, $articles;)+),
                }),+]
            }
        }
    };
    (@branches $clauses:ident
        $($key:ident: $Kind:ident $(<$Type:ident>)? = $printed:literal, $articles:literal $(, $unit:ident)?;)+
    ) => {
        vec![$({
            let (role, clause, branches) = clause!(@declare $clauses $Kind $(<$Type>)?);
            $crate::form::tree::Branch {
                key: stringify!($key), printed: $printed, articles: $articles, unit: clause!(@unit $($unit)?),
                role, clause, branches,
            }
        }),+]
    };
    (@fields $(#[$doc:meta])* $Name:ident {
        $($key:ident: $Kind:ident $(<$Type:ident>)? = $printed:literal, $articles:literal $(, $unit:ident)?;)+
    }) => {
        $(#[$doc])*
        ///
        #[doc = concat!("```\nuse ", module_path!(), "::", stringify!($Name), ";\n")]
        #[doc = "// What is left out is 0, and totals follow from their parts."]
        #[doc = concat!("assert!(", stringify!($Name), " { ..", stringify!($Name), "::NONE } == ", stringify!($Name), "::NONE);\n```")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $Name<V: $crate::form::clause::Content = $crate::form::cell::Figures> {
            $(
                #[doc = concat!("`", $printed, "`", clause!(@article $articles), clause!(@counts $Kind $($unit)?))]
                pub $key: V::$Kind $(<$Type<V>>)?,
            )+
        }

        impl<V: $crate::form::clause::Content> $crate::form::clause::Node<V> for $Name<V> {
            fn put(&self, into: &mut Vec<V::Leaf>) {
                $(self.$key.put(into);)+
            }
            fn from_leaves(
                clauses: $crate::form::edition_data::Clauses,
                from: &mut dyn FnMut() -> Option<V::Leaf>,
            ) -> Option<Self> {
                Some($Name { $($key: $crate::form::clause::Node::<V>::from_leaves(clauses, from)?,)+ })
            }
            fn fits(&self, clauses: $crate::form::edition_data::Clauses) -> bool {
                $($crate::form::clause::Node::<V>::fits(&self.$key, clauses))&&+
            }
        }

        impl $Name<$crate::form::cell::Given> {
            /// Nothing happened: every cell is 0, totals are left out.
            pub const NONE: Self = $Name { $($key: clause!(@none $Kind $(<$Type>)?),)+ };
        }

        impl<V: $crate::form::clause::Content> $crate::form::clause::Row<V> for $Name<V> {
            const CELLS: usize = [$(stringify!($key)),+].len();
        }
    };
    (@unit) => { $crate::form::tree::Unit::Pieces };
    (@unit $unit:ident) => { $crate::form::tree::Unit::$unit };
    (@counts Part) => { "" };
    (@counts TotalRow) => { "" };
    (@counts $Kind:ident) => { " · 件" };
    (@counts $Kind:ident Items) => { " · 项" };
    (@counts $Kind:ident WanYuan) => { " · 万元" };
    (@counts $Kind:ident AsPrinted) => { " · 元 or 万元, as printed" };
    (@article "") => { "" };
    (@article $articles:literal) => { concat!(" · Article ", $articles) };
    (@none Total) => { None };
    (@none TotalRow<$Type:ident>) => { None };
    (@none Part<$Type:ident>) => { $Type::<$crate::form::cell::Given>::NONE };
    (@none $Kind:ident) => { $crate::number::$Kind::ZERO };
    (@declare $clauses:ident Total) => { ($crate::form::tree::Role::Total, "", vec![]) };
    (@declare $clauses:ident Money) => { clause!(@declare $clauses Amount) };
    (@declare $clauses:ident Part<$Type:ident>) => { clause!(@group $clauses Group $Type) };
    (@declare $clauses:ident TotalRow<$Type:ident>) => { clause!(@group $clauses TotalRow $Type) };
    (@declare $clauses:ident $Kind:ident) => {
        ($crate::form::tree::Role::Cell($crate::form::tree::Kind::$Kind), "", vec![])
    };
    (@group $clauses:ident $Role:ident $Type:ident) => {
        (
            $crate::form::tree::Role::$Role,
            <$Type<$crate::form::cell::Cells> as $crate::form::clause::Declared>::NAME,
            <$Type<$crate::form::cell::Cells> as $crate::form::clause::Declared>::branches($clauses),
        )
    };
}
pub(crate) use clause;
