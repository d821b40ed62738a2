#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaOAuth
package import OktaRuntime
internal import Synchronization

/// An org that a command calls, with the source of its settings.
package struct OrgTarget: Sendable {
    /// The source of the settings.
    package enum Origin: Sendable, Hashable, CustomStringConvertible {
        /// A profile of `okta login`.
        case profile
        /// The variables `OKTA_CLIENT_…`, optionally completed by an `okta.yaml`.
        case variables
        /// An `okta.yaml` in the working directory or the home folder.
        case file(String)

        package var description: String {
            switch self {
            case .profile: "profile"
            case .variables: "environment"
            case .file(let path): path
            }
        }
    }

    /// The credentials of a command.
    package enum Credentials: Sendable {
        /// An API token, which has the permissions of its admin.
        case apiToken
        /// An access token from elsewhere, with its scopes if it is readable.
        case accessToken(scopes: [String]?)
        /// An app with its private key.
        case app(clientID: String, scopes: [String])
        /// A signed-in user.
        case person(SignInTokens)

        /// The scopes; nil if there are none or they are unknown.
        package var scopes: [String]? {
            switch self {
            case .apiToken: nil
            case .accessToken(let scopes): scopes
            case .app(_, let scopes): scopes
            case .person(let tokens): tokens.scopes
            }
        }

        /// The kind of credentials in words.
        package var kind: String {
            switch self {
            case .apiToken: "API token"
            case .accessToken: "access token"
            case .app: "private key"
            case .person(let tokens): tokens.proofKey == nil ? "sign-in" : "sign-in with DPoP"
            }
        }

        /// Whether scopes limit the calls.
        package var isOAuth: Bool { if case .apiToken = self { false } else { true } }
    }

    /// The name of the profile, or of the org in the file; otherwise the host.
    package let name: String
    /// The source of the settings.
    package let origin: Origin
    /// The tenants that belong to the org.
    package let tenants: [String]
    /// The URL, the credentials and all other settings.
    package let settings: OktaSettings
    private let context: ProgramContext

    init(
        name: String, origin: Origin, tenants: [String] = [], settings: OktaSettings, context: ProgramContext
    ) {
        self.name = name
        self.origin = origin
        self.tenants = tenants
        self.settings = settings
        self.context = context
    }

    /// Returns whether another target is the same entry of the same source.
    package func isSame(as other: OrgTarget) -> Bool { name == other.name && origin == other.origin }

    /// The org's URL as configured; empty if it is missing.
    package var url: String { settings[.orgURL]?.text ?? "" }

    /// Returns the client of the org.
    package func client(_ change: (inout OktaConfiguration) -> Void = { _ in }) throws(CommandFailure) -> OktaClient {
        let store = try LimitSharing.store(context)
        do throws(OktaError) {
            var configuration = try configuration()
            configuration.observers += context.observers
            configuration.caBundlePath = context.caBundlePath
            LimitSharing.apply(store, to: &configuration)
            change(&configuration)
            OrgUse.note(name)
            let client = try OktaClient(configuration: configuration)
            OrgUse.note(client)
            return client
        } catch {
            throw CommandFailure(error, of: self)
        }
    }

    /// Returns the credentials.
    package func credentials() throws(CommandFailure) -> Credentials {
        do throws(OktaError) {
            if let tokens = try signInTokens() { return .person(tokens) }
            switch try settings.authorizationMode() {
            case .apiToken: return .apiToken
            case .bearer: return .accessToken(scopes: AccessTokenClaims(settings[.token]?.text ?? "")?.scopes)
            case .privateKey:
                let given = try settings.privateKeySettings()
                return .app(clientID: given.clientID, scopes: given.scopes)
            }
        } catch {
            throw CommandFailure(error, of: self)
        }
    }

    private func configuration() throws(OktaError) -> OktaConfiguration {
        if let tokens = try signInTokens() {
            let orgURL = try OktaConfiguration(orgURL: url, authorization: .bearer(tokens.accessToken)).orgURL
            // The URL of a profile may have been edited after the sign-in.
            if let issuer = tokens.orgURL, issuer != orgURL {
                throw .authorization(
                    .init(
                        message: "the tokens of the profile \"\(name)\" were issued by \(issuer), and are not sent to "
                            + "\(orgURL); run `okta login --org \(name)` to sign in there"))
            }
            let authorization = try SignInAuthorization(
                profile: name, orgURL: orgURL, tokens: tokens, store: try secrets())
            return try OktaConfiguration(settings: settings, authorization: authorization)
        }
        var settings = settings
        if origin == .profile, settings[.token] == nil, try settings.authorizationMode() == .apiToken {
            guard let secret = try stored() else { throw missing() }
            settings.set(.token, to: secret)
        }
        return try .withOAuth(settings, environment: context.environment)
    }

    /// Returns the tokens of a signed-in user; nil for other credentials.
    package func signInTokens() throws(OktaError) -> SignInTokens? {
        guard origin == .profile, settings[.token] == nil, try settings.authorizationMode() == .bearer else {
            return nil
        }
        guard let tokens = try stored().flatMap({ SignInTokens(stored: $0) }) else { throw missing() }
        return tokens
    }

    private func secrets() throws(OktaError) -> SecretStore {
        do { return try SecretStore(context) } catch { throw .configuration(.init(message: error.description)) }
    }

    private func stored() throws(OktaError) -> String? {
        let store = try secrets()
        do { return try store.read(name)?.secret } catch { throw .configuration(.init(message: error.description)) }
    }

    private func missing() -> OktaError {
        .authorization(
            .init(
                message: "the secret of the profile \(name) is neither in the keyring nor in a file; "
                    + "run `okta login --org \(name)`"))
    }
}

/// The claims of an access token that is a JWT.
package struct AccessTokenClaims: Sendable {
    /// The scopes.
    package let scopes: [String]

    /// Reads a token without verifying its signature, which is up to the org.
    package init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: String(text)), let json = try? JSON(parsing: Array(data)) else {
            return nil
        }
        guard let claim = json["scp"]?.elements?.compactMap(\.string) else { return nil }
        scopes = claim
    }
}

/// The orgs that a command used, for the command log.
package enum OrgUse {
    /// The names of the orgs that a command used.
    package final class Record: Sendable {
        private let names = NameList()
        private let clients = Mutex<[OktaClient]>([])

        package init() {}

        /// The names in order of first use.
        package var all: [String] { names.all }

        func add(_ name: String) { names.add(name) }

        func add(_ client: OktaClient) { clients.withLock { $0.append(client) } }

        /// Returns the clients' leases of shared limits, so that no other program waits for them.
        package func returnLeases() async {
            await withTaskGroup(of: Void.self) { group in
                for client in clients.withLock({ $0 }) { group.addTask { await client.returnLeases() } }
            }
        }
    }

    /// The record of the running command.
    @TaskLocal package static var record: Record?

    static func note(_ name: String) { record?.add(name) }

    /// Records a client, so that its leases are returned at the end of the command.
    package static func note(_ client: OktaClient) { record?.add(client) }
}

/// Unique names in order of arrival.
final class NameList: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0 } }

    func add(_ name: String) {
        names.withLock { names in
            if !names.contains(name) { names.append(name) }
        }
    }
}
