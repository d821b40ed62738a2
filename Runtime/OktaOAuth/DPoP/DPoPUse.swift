/// Whether tokens are bound to a key of the client, with a proof beside each request (DPoP, RFC 9449).
///
/// API service apps that were created since 2024 demand it, unless it has been switched off in the app's settings.
public enum DPoPUse: Sendable, Hashable {
    /// Begins without, and switches when the org asks for a proof.
    case automatic
    /// With a proof from the first request on; saves one request where it is known that the app demands it.
    case always
    /// Never; an app that demands proofs then refuses to give a token.
    case never
}
