#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// Reads objects as they are now.
struct PresentObject: Sendable {
    private let client: OktaClient

    init(_ client: OktaClient) { self.client = client }

    /// The object that an action reads; nil when there is none.
    func read(_ reading: RelatedAction, _ values: [String: String]) async throws(CommandFailure) -> JSON? {
        try await read(ActionCall(reading.action, values: reading.values(from: values)))
    }

    /// The object that a call reads; nil when there is none.
    func read(_ call: ActionCall) async throws(CommandFailure) -> JSON? {
        do throws(OktaError) {
            return try await client.send(call.request(sendingThrough: client)).json()
        } catch {
            guard case .api(let failure) = error else { throw CommandFailure(error) }
            switch failure.status.code {
            // Only the org itself can say so: its answer has a code, that of a proxy has none.
            case 404 where failure.code != nil: return nil
            // This object may not be read. Others may, unless the token lacks the scope.
            case 403 where !failure.concernsToken: throw CommandFailure(.refused, "\(error)")
            default: throw CommandFailure(error)
            }
        }
    }
}

extension OktaError.APIFailure {
    /// Whether the token is what is refused, so that each further call would fail, too.
    var concernsToken: Bool { status.code == 401 || isInsufficientScope || neededToken != nil }
}

extension ActionCall {
    /// The request, with the library's own errors.
    func request(sendingThrough client: OktaClient) throws(OktaError) -> OktaRequest {
        do throws(CommandFailure) { return try request(through: client) } catch {
            throw .invalidRequest(error.message)
        }
    }
}

/// Moments as journals have them: milliseconds since 1970.
package enum Moment {
    /// Now, by this machine's clock.
    package static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }

    /// A time as the API writes it.
    package static func milliseconds(of text: String) -> Int? {
        Date(lenient: JSON(text)).map { Int($0.timeIntervalSince1970 * 1000) }
    }

    /// The time as the API writes it.
    package static func text(of milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).json.string ?? ""
    }
}
