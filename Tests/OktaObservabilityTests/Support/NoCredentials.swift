import HTTPTypes
import OktaRuntime

/// Has no credentials to give.
struct NoCredentials: RequestAuthorization {
    func fields(for request: HTTPRequest, in session: AuthorizationSession) throws(OktaError) -> HTTPFields {
        throw .authorization(AuthorizationFailure(message: "no key"))
    }

    var description: String { "no credentials" }
}
