#if CommandLine
package import ArgumentParser
internal import HTTPTypes
internal import OktaOAuthAPI
internal import OktaRuntime

/// `okta logout`: revokes the tokens of a sign-in, and removes the profile.
package struct LogoutCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta logout", abstract: "Revokes the tokens of a sign-in, and removes the profile.")

    @Option(help: "The name of the profile; the default one if omitted.")
    var org: String?

    @Flag(help: "Also revoke the API token of the profile, for every program that uses it.")
    var revokeApiToken = false

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        let file = try ProfileFile(context)
        guard let name = org ?? file.profiles.first?.name, file[name] != nil else {
            throw CommandFailure.usage(
                org.map { "there is no profile '\($0)'" } ?? "there is no profile",
                advice: "`okta orgs list` lists them.")
        }
        let target = try OrgSelection(name: name).target(context)
        OrgUse.note(name)
        let problem = await revoke(target, context)
        try SecretStore(context).remove(name)
        var next: String?
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            let wasDefault = file.profiles.first?.name == name
            _ = file.remove(name)
            if wasDefault { next = file.profiles.first?.name }
        }
        context.notices.print("The profile \(name) is removed.")
        // Commands without --org use another org from now on.
        if let next { context.notices.print("The default org is \(next) now.") }
        // The profile was removed anyway: a token that the org no longer accepts must not keep it.
        if let problem {
            throw CommandFailure(
                problem.exitCode, "the tokens of \(name) could not be revoked: \(problem.message)",
                advice: "An admin can revoke them in the Admin Console.")
        }
    }

    /// Revokes the tokens as far as possible.
    private func revoke(_ target: OrgTarget, _ context: ProgramContext) async -> CommandFailure? {
        do {
            switch try target.credentials() {
            case .person(let tokens): try await revoke(tokens, at: target.url, context)
            case .apiToken where revokeApiToken:
                _ = try await target.client().request(.delete, "/api/v1/api-tokens/current")
            case .apiToken:
                context.notices.print("The API token itself remains valid; --revoke-api-token also revokes it.")
            case .accessToken, .app: break
            }
            return nil
        } catch {
            return CommandFailure(of: error)
        }
    }

    private func revoke(_ tokens: SignInTokens, at url: String, _ context: ProgramContext) async throws {
        let publicClient = try PublicClient(
            orgURL: url, clientID: tokens.clientID, caBundlePath: context.caBundlePath)
        // The refresh token is revoked first, since it lives longer.
        for token in [tokens.refreshToken, tokens.accessToken].compactMap(\.self) {
            try await publicClient.client.orgAuthorizationServer.revokeToken(
                OrgRevocationRequest(token: token), client: publicClient.authentication)
        }
    }
}
#endif
