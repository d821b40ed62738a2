import HTTPTypes
import OktaRuntime

/// An authorization without credentials.
struct NoCredentials: RequestAuthorization {
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) throws(OktaError) -> HTTPFields {
        throw .authorization(.init(message: "no key"))
    }

    var description: String { "no credentials" }
}
