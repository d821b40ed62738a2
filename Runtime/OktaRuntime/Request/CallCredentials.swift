/// What one call authenticates with.
public enum CallCredentials: Sendable {
    /// The client's authorization: a token of the org.
    case org
    /// Nothing: the operation is public. No `Authorization` field and no proof is sent.
    case anonymous
    /// The credentials of an OAuth 2.0 client, in the place of the org's token, which is not sent.
    case client(ClientAuthentication)
}
