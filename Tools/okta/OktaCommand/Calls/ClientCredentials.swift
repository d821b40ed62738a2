internal import OktaOAuth
package import OktaRuntime

/// The OAuth 2.0 client on the command line, for actions that authenticate one.
package struct ClientCredentials: Sendable {
    /// The environment variable with the secret if no file is given.
    package static let secretVariable = "OKTA_CLI_CLIENT_SECRET"

    /// The client id; nil if none is given.
    package var clientID: String?
    /// `@file` with the client secret.
    package var secretFile: String?
    /// `@file` with the client's private key.
    package var keyFile: String?

    package init(clientID: String? = nil, secretFile: String? = nil, keyFile: String? = nil) {
        self.clientID = clientID
        self.secretFile = secretFile
        self.keyFile = keyFile
    }

    /// Returns the client authentication for an action; nil if it needs none.
    ///
    /// A secret is never in the arguments, which every user of the machine can read.
    package func authentication(
        for action: CommandAction, _ context: ProgramContext
    ) throws(CommandFailure) -> ClientAuthentication? {
        let label = "\(action.category) \(action.name)"
        guard action.descriptor.authorization == .client else {
            guard clientID == nil, secretFile == nil, keyFile == nil else {
                throw .usage("\(label) authenticates no OAuth 2.0 client", advice: "Leave out --client.")
            }
            return nil
        }
        guard let clientID else {
            throw .usage("\(label) authenticates an OAuth 2.0 client", advice: "Name it with --client ID.")
        }
        let secret = try secretFile.map { path throws(CommandFailure) in try text(of: path, "--client-secret", context)
        }
        let key = try keyFile.map { path throws(CommandFailure) in try text(of: path, "--client-key", context) }
        do throws(OktaError) {
            if let key { return try .privateKeyJWT(clientID: clientID, privateKey: OAuthPrivateKey(key)) }
            if let secret = secret ?? context.environment[Self.secretVariable] {
                return try .secretBasic(clientID: clientID, secret: secret)
            }
            return try .publicClient(clientID: clientID)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func text(
        of path: String, _ option: String, _ context: ProgramContext
    ) throws(CommandFailure) -> String {
        guard path.hasPrefix("@") else {
            throw .usage(
                "\(option) takes @file, not the value itself", advice: "Other users of the machine can read arguments.")
        }
        let bytes = try BodyArguments.contents(of: String(path.dropFirst()), context)
        return String(decoding: bytes, as: UTF8.self).trimmingSuffix(while: \.isNewline)
    }
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, condition(last) { text = text.dropLast() }
        return String(text)
    }
}
