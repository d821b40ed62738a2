#if CommandLine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import HTTPTypes
internal import OktaOAuthAPI
package import OktaRuntime

/// Signs in on another device, where the user types a code (RFC 8628).
package struct DeviceSignIn: Sendable {
    /// The instructions for the user.
    package struct Invitation: Sendable {
        /// The code to type.
        package let userCode: String
        /// The URL at which to type it.
        package let address: String
        /// The URL that includes the code; nil if the org provides none.
        package let completeAddress: String?
    }

    private let app: SignInApp
    private let time: any ServerClock.Source

    /// Creates a sign-in.
    ///
    /// - Parameter time: The time source of the pauses.
    package init(_ app: SignInApp, time: any ServerClock.Source = ServerClock.SystemSource()) {
        self.app = app
        self.time = time
    }

    /// Signs in.
    ///
    /// - Parameter show: Shows the code to the user.
    package func tokens(show: (Invitation) async -> Void) async throws(CommandFailure) -> SignInTokens {
        let publicClient = try app.publicClient()
        let begun = try await begin(publicClient)
        guard let code = begun[string: "device_code"], let userCode = begun[string: "user_code"],
            let address = begun[string: "verification_uri"]
        else { throw CommandFailure(.refused, "the org's response has no code; check the org URL") }
        await show(
            Invitation(
                userCode: ForeignText.shown(userCode, limit: 64), address: ForeignText.shown(address),
                completeAddress: begun[string: "verification_uri_complete"].map { ForeignText.shown($0) }))
        var interval = Duration.seconds(max(1, begun[int: "interval"] ?? 5))
        let end = time.elapsed + .seconds(begun[int: "expires_in"] ?? 600)
        while time.elapsed + interval < end {
            do { try await time.sleep(until: time.elapsed + interval) } catch {
                throw CommandFailure(.interrupted, "interrupted; nobody is signed in")
            }
            do throws(OktaError) {
                return try await publicClient.tokens([
                    "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": JSON(code),
                ])
            } catch {
                switch Self.verdict(on: error) {
                case .wait: break
                // The interval also applies to all later requests (RFC 8628, section 3.5).
                case .slowDown: interval += .seconds(5)
                case .end(let failure): throw failure
                }
            }
        }
        throw Self.expired
    }

    private func begin(_ publicClient: PublicClient) async throws(CommandFailure) -> JSON {
        var form: JSON = ["scope": JSON(app.scopes.joined(separator: " "))]
        if let hint = app.loginHint { form["login_hint"] = JSON(hint) }
        do {
            return try await publicClient.client.orgAuthorizationServer.authorizeDevice(
                DeviceAuthorizeRequest(json: form), client: publicClient.authentication
            ).json
        } catch {
            throw SignInApp.failure(error)
        }
    }

    private enum Verdict {
        case wait
        case slowDown
        case end(CommandFailure)
    }

    private static var expired: CommandFailure {
        CommandFailure(.authorization, "the code has expired", advice: "Run the command again.")
    }

    /// The failures of a poll after which the next one may succeed, such as those of a network that changes.
    private static let temporary: Set<TransportError.Kind> = [
        .connectionFailed, .connectionLost, .proxyFailed, .timedOut, .truncatedResponse, .unknownHost,
    ]

    private static func verdict(on error: OktaError) -> Verdict {
        switch error {
        case .api(let failure):
            switch failure.code?.rawValue {
            case "authorization_pending": return .wait
            case "slow_down": return .slowDown
            case "expired_token": return .end(expired)
            case "access_denied": return .end(CommandFailure(.authorization, "the sign-in was denied"))
            default:
                // Rate limiting and outages are temporary.
                let status = failure.status.code
                if status == 429 || status >= 500 { return .slowDown }
                return .end(SignInApp.failure(error))
            }
        // RFC 8628, section 3.5: a client that cannot connect polls again, less often.
        case .transport(let failure) where temporary.contains(failure.error.kind): return .slowDown
        case .rateLimited: return .slowDown
        default: return .end(CommandFailure(error))
        }
    }
}
#endif
