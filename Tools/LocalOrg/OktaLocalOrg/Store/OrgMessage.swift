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

extension OrgState {
    /// Sends a code of six digits: it goes into the list of messages, where a test reads it.
    mutating func sendCode(_ channel: String, to address: String, _ user: String) -> String {
        var code = ""
        for digit in ids.hexadecimal(6).utf8 { code += String(digit % 10) }
        messages.append(OrgMessage(channel: channel, address: address, userID: user, code: code, time: now.text))
        return code
    }
}
