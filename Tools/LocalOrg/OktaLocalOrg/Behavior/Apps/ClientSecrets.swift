import OktaRuntime

/// The documented rules for client secrets that an admin chooses.
enum ClientSecrets {
    static func check(_ json: JSON, of app: JSON?) throws(OrgFault) {
        let method = app?.text("credentials.oauthClient.token_endpoint_auth_method") ?? ""
        if method == "private_key_jwt" {
            throw refusal("'client_secret' can't be used when 'token_endpoint_auth_method' is 'private_key_jwt'.")
        }
        guard let value = json["client_secret"], value.kind != .null else { return }
        guard let secret = value.string else { throw .malformedBody }
        if secret.utf8.count < 14 {
            throw refusal("client_secret: 'client_secret' must be at least '14' characters long.")
        }
        if secret.utf8.count > 100 {
            throw refusal("client_secret: 'client_secret' can't be more than '100' characters long.")
        }
        if method == "client_secret_jwt", secret.utf8.count < 32 {
            throw refusal(
                "client_secret: 'client_secret' must be at least '32' characters long when 'token_endpoint_auth_method' is "
                    + "'client_secret_jwt'.")
        }
        guard secret.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw refusal("client_secret: 'client_secret' must only contain printable ASCII: [x20-x7E]+")
        }
    }

    private static func refusal(_ cause: String) -> OrgFault { .invalid("client_secret", cause) }
}
