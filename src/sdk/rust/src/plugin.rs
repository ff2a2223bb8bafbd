use crate::{Context, Json, Object, Result};

/// A plugin, as the host moves it through its life. Only [`Plugin::activate`] has to be written.
pub trait Plugin: Send + 'static {
    /// Called once. The plugin is active when it returns; an error fails the activation.
    ///
    /// # Errors
    /// Whatever keeps the plugin from working.
    fn activate(&mut self, ctx: &Context) -> Result<()>;

    /// Called after `activate` with what `state` of the instance before returned, when there is some.
    ///
    /// # Errors
    /// Fails the activation.
    fn restore(&mut self, state: Json) -> Result<()> {
        let _ = state;
        Ok(())
    }

    /// What a live reload hands to the plugin's next instance; `null` for nothing. Called also while the plugin works,
    /// so that the state is known should it crash.
    fn state(&self) -> Json {
        Json::Null
    }

    /// Called when settings have changed; `ctx.config()` has them already.
    ///
    /// # Errors
    /// Are logged by the host.
    fn configure(&mut self, config: &Object) -> Result<()> {
        let _ = config;
        Ok(())
    }

    /// Called before the plugin ends; it has five seconds.
    ///
    /// # Errors
    /// Are logged by the host.
    fn deactivate(&mut self) -> Result<()> {
        Ok(())
    }
}
