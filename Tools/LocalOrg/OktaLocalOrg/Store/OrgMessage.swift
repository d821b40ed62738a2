/// A message with a code for a user, which a real org would send.
public struct OrgMessage: Sendable, Hashable {
    /// The channel: `email`, `sms` or `call`.
    public let channel: String
    /// The recipient's email address or phone number.
    public let address: String
    /// The id of the recipient.
    public let userID: String
    /// The code of six digits, or the recovery token of an email.
    public let code: String
    /// The time at which it was sent, by the org's clock, such as `2026-01-31T10:00:00.000Z`.
    public let time: String
}

extension OrgState {
    /// Sends a code of six digits. It is added to the messages, where a test can read it.
    mutating func sendCode(_ channel: String, to address: String, _ user: String) -> String {
        var code = ""
        for digit in ids.hexadecimal(6).utf8 { code += String(digit % 10) }
        messages.append(OrgMessage(channel: channel, address: address, userID: user, code: code, time: now.text))
        return code
    }
}
