/// Who asks for tokens, and for which.
struct TokenClient: Sendable {
    let assertion: ClientAssertion
    let scopes: [String]
    let options: OAuthClientCredentials.Options
}
