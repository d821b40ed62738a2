import HTTPTypes
import OktaRuntime

/// Has no credentials to give.
struct NoCredentials: RequestAuthorization {
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) throws(OktaError) -> HTTPFields {
        throw .authorization(.init(message: "no key"))
    }

    var description: String { "no credentials" }
}
