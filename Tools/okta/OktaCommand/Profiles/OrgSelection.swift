internal import OktaOAuth
package import OktaRuntime
internal import OktaSettingsFile

/// Which org a command talks to.
package struct OrgSelection: Sendable, Hashable {
    /// The name of a profile; nil for the default one.
    package var name: String?
    /// Whether the command runs over every org.
    package var all: Bool

    package init(name: String? = nil, all: Bool = false) {
        self.name = name
        self.all = all
    }

    /// The client of the selected org.
    package func client(_ context: ProgramContext) throws(CommandFailure) -> OktaClient {
        do throws(OktaError) {
            let locator = SettingsFileLocator(
                workingDirectory: context.workingDirectory, environment: context.environment)
            let configuration = try OktaConfiguration.withOAuth(
                locator.settings(), environment: context.environment)
            return try OktaClient(configuration: configuration)
        } catch {
            throw CommandFailure(error)
        }
    }
}
