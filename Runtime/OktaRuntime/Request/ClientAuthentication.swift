#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The credentials of an OAuth 2.0 client, for calls that authenticate the client instead of sending a token of the
/// org, such as requesting, introspecting and revoking tokens.
///
/// ```swift
/// let client = try ClientAuthentication.secretBasic(clientID: "0oa1b2c3d4e5f6g7h8i9", secret: secret)
/// ```
///
/// The settings of the app in the org determine which method it accepts. The module OktaOAuth adds `privateKeyJWT` and
/// `secretJWT`. Secrets are never printed.
public struct ClientAuthentication: Sendable {
    enum Method: Sendable {
        /// The id without a secret.
        case publicClient
        case secretBasic(String)
        case secretPost(String)
        case assertion(@Sendable (_ audience: String, _ now: Date) throws(OktaError) -> String)
    }

    /// The client's id in the org, such as `0oa1b2c3d4e5f6g7h8i9`.
    public let clientID: String

    let method: Method
    private let name: String

    private init(_ clientID: String, _ method: Method, named name: String) throws(OktaError) {
        self.clientID = try Self.checked(clientID, "client id")
        self.method = method
        self.name = name
    }

    /// Returns the authentication of a public client, such as an app on a phone. Only the id is sent, in the body.
    ///
    /// - Parameter clientID: The client's id in the org, such as `0oa1b2c3d4e5f6g7h8i9`.
    /// - Throws: ``OktaError/configuration(_:)`` for an invalid id.
    public static func publicClient(clientID: String) throws(OktaError) -> ClientAuthentication {
        try ClientAuthentication(clientID, .publicClient, named: "public client")
    }

    /// Returns the authentication with id and secret in the `Authorization` header (`client_secret_basic`).
    ///
    /// - Parameters:
    ///   - clientID: The client's id in the org.
    ///   - secret: The client's secret.
    /// - Throws: ``OktaError/configuration(_:)`` for an invalid id or secret. It never contains the secret.
    public static func secretBasic(clientID: String, secret: String) throws(OktaError) -> ClientAuthentication {
        try ClientAuthentication(
            clientID, .secretBasic(checked(secret, "client secret")), named: "client_secret_basic")
    }

    /// Returns the authentication with id and secret in the body (`client_secret_post`).
    ///
    /// - Parameters:
    ///   - clientID: The client's id in the org.
    ///   - secret: The client's secret.
    /// - Throws: ``OktaError/configuration(_:)`` for an invalid id or secret. It never contains the secret.
    public static func secretPost(clientID: String, secret: String) throws(OktaError) -> ClientAuthentication {
        try ClientAuthentication(clientID, .secretPost(checked(secret, "client secret")), named: "client_secret_post")
    }

    /// Returns the authentication with a signed assertion in the body, created for every attempt (RFC 7523).
    ///
    /// - Parameters:
    ///   - clientID: The client's id.
    ///   - name: The name of the method, for descriptions.
    ///   - assertion: Signs an assertion for the URL of a call, at the server's time.
    package static func assertion(
        clientID: String, named name: String,
        _ assertion: @escaping @Sendable (_ audience: String, _ now: Date) throws(OktaError) -> String
    ) throws(OktaError) -> ClientAuthentication {
        try ClientAuthentication(clientID, .assertion(assertion), named: name)
    }

    /// Checks an id or a secret for common copying mistakes. The error never contains it.
    private static func checked(_ text: String, _ what: String) throws(OktaError) -> String {
        let text = text.trimmingSpace()
        let problem: String? =
            if text.isEmpty {
                "is empty; copy it from the app in the Admin Console"
            } else if !text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                "contains a space, a line break or a character that is not valid in it; copy it again"
            } else if text.contains("{") || text.contains("<") {
                "is a placeholder; replace it with that of your app"
            } else {
                nil
            }
        if let problem { throw .configuration(.init(message: "the \(what) \(problem)")) }
        return text
    }
}

extension ClientAuthentication: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method and the client's id, without the secret.
    public var description: String { "\(name) \(clientID)" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without secrets.
    public var customMirror: Mirror { Mirror(self, children: ["clientID": clientID]) }
}
