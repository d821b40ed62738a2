/// A message with a code that a real org would send to a user.
public struct OrgMessage: Sendable, Hashable {
    /// `email`, `sms` or `call`.
    public let channel: String
    /// Where it goes: an email address or a phone number.
    public let address: String
    /// The id of the user.
    public let userID: String
    /// The code.
    public let code: String
    /// When it was sent.
    public let time: String
}
