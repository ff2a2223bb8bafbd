//! What the plugin may do.

use std::sync::Arc;

use super::registration::Registration;
use super::{service, CAPABILITIES};
use crate::{Json, Result};

service! {
    /// What the plugin may do. Grants can be given and taken while it runs.
    Capabilities
}

impl Capabilities<'_> {
    /// Calls the listener after grants have changed, with what the host says about it. Its failures are logged.
    pub fn on_change<H>(&self, listener: H) -> Registration
    where
        H: Fn(&Json) -> Result<()> + Send + Sync + 'static,
    {
        let (id, _) = self.link.registry.capability_changes.add(CAPABILITIES, Arc::new(listener));
        Registration::new(self.link, move |link| {
            link.registry.capability_changes.remove(CAPABILITIES, id);
            Ok(())
        })
    }
}
