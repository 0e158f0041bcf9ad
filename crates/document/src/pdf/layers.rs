//! Layers (optional content) that a reader does not show.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

/// The layers of a file that are switched off.
#[derive(Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// The layers of a file, told by its catalog.
    pub(super) fn of(catalog: &Dict) -> Self {
        let Some(properties) = catalog.get::<Dict>("OCProperties") else { return Layers::default() };
        let config = properties.get::<Dict>("D").unwrap_or_default();
        let listed = |dict: &Dict, key: &str| -> Vec<ObjectIdentifier> {
            let refs = dict.get::<Array>(key).map(|layers| layers.raw_iter().filter_map(|l| l.as_obj_ref()).map(Into::into).collect());
            refs.unwrap_or_default()
        };
        let mut off = HashSet::new();
        if config.get::<Name>("BaseState").as_deref() == Some(b"OFF") {
            off.extend(listed(&properties, "OCGs"));
            for layer in listed(&config, "ON") {
                off.remove(&layer);
            }
        }
        off.extend(listed(&config, "OFF"));
        Layers { off }
    }

    /// Whether what belongs to a layer, or to a group of layers, is not shown.
    pub(super) fn hides(&self, layer: ObjectIdentifier, dict: Option<Dict>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let Some(group) = dict.filter(|d| d.get::<Name>("Type").as_deref() == Some(b"OCMD")) else {
            return self.off.contains(&layer);
        };
        let mut members: Vec<ObjectIdentifier> = group.get_ref("OCGs").map(Into::into).into_iter().collect();
        if let Some(several) = group.get::<Array>("OCGs") {
            members = several.raw_iter().filter_map(|l| l.as_obj_ref()).map(Into::into).collect();
        }
        let off = members.iter().filter(|layer| self.off.contains(layer)).count();
        let shown = match group.get::<Name>("P").as_deref() {
            _ if members.is_empty() => true,
            Some(b"AllOn") => off == 0,
            Some(b"AnyOff") => off > 0,
            Some(b"AllOff") => off == members.len(),
            _ => off < members.len(),
        };
        !shown
    }
}
