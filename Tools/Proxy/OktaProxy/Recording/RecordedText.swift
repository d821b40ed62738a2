#if Proxy
internal import HTTPTypes
internal import OktaCommand
internal import OktaRuntime

/// The recorded texts of an exchange.
final class RecordedText {
    private(set) var names: Pseudonyms
    private static let mask = "(secret)"

    init(names: Pseudonyms) { self.names = names }

    /// Returns the URL of a request with the host of recordings.
    func url(_ path: String) -> String {
        let end = path.firstIndex(of: "?") ?? path.endIndex
        var text = "https://\(Pseudonyms.host)" + names.replacingParts(of: String(path[..<end]))
        guard end < path.endIndex else { return text }
        let fields = path[path.index(after: end)...].split(separator: "&", omittingEmptySubsequences: false)
        text += "?" + fields.map { queryField($0) }.joined(separator: "&")
        return text
    }

    private func queryField(_ field: Substring) -> String {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return names.replacingParts(of: String(field)) }
        let name = String(parts[0])
        // Searches may contain names of people in any form.
        let value = String(parts[1])
        if Self.isSecret(name) { return "\(name)=\(Self.mask)" }
        let isSearch = ["q", "search", "filter", "query"].contains(name)
        return "\(name)=" + (isSearch ? names.replacement(of: value, as: .text) : names.replacingParts(of: value))
    }

    /// Returns a header field without names of people.
    func plain(_ text: String) -> String { names.replacingParts(of: text) }

    /// Returns a body: JSON and forms with secrets and people replaced. Any other body is left out, since it cannot be
    /// searched.
    ///
    /// - Parameter fields: The header fields of the message.
    func body(_ body: RecordedBody, _ fields: HTTPFields) -> JSON {
        guard let bytes = body.content else { return .null }
        guard !bytes.isEmpty else { return JSON("") }
        if let json = try? JSON(parsing: bytes) { return JSON(value(json, "", isSecret: false, depth: 0).text) }
        // A compressed form cannot be searched.
        guard fields.values(of: "content-encoding").allSatisfy({ $0.lowercased() == "identity" }) else { return .null }
        if fields.first("content-type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false {
            return JSON(form(String(decoding: bytes, as: UTF8.self)))
        }
        return .null
    }

    private func form(_ text: String) -> String {
        text.split(separator: "&", omittingEmptySubsequences: false).map { field in
            let name = String(field.prefix { $0 != "=" })
            guard !Self.plainFormFields.contains(name) else { return String(field) }
            return name + "=" + Self.mask
        }.joined(separator: "&")
    }

    /// OAuth form parameters that are neither secret nor personal.
    private static let plainFormFields: Set<String> = [
        "grant_type", "scope", "response_type", "client_assertion_type", "token_type_hint", "subject_token_type",
        "requested_token_type", "code_challenge_method",
    ]

    // MARK: JSON

    private func value(_ json: JSON, _ name: String, isSecret: Bool, depth: Int) -> JSON {
        let key = name.lowercased().filter { $0 != "_" && $0 != "-" }
        // `links` contains the URLs of operations, such as `resetPassword`.
        if key == "links" { return links(json) }
        let hides = isSecret || Self.isSecret(name)
        if let members = json.members {
            return JSON(
                members: members.map { ($0.key, value($0.value, $0.key, isSecret: hides, depth: depth + 1)) })
        }
        if let elements = json.elements {
            return JSON(elements.map { value($0, name, isSecret: hides, depth: depth + 1) })
        }
        if hides, json.kind == .number { return 0 }
        guard let text = json.string else { return json }
        if hides { return text.isEmpty ? json : JSON(Self.mask) }
        if let kind = Self.people[key] { return JSON(personal(text, kind)) }
        return JSON(names.replacingParts(of: text))
    }

    private func links(_ json: JSON) -> JSON {
        if let members = json.members { return JSON(members: members.map { ($0.key, links($0.value)) }) }
        if let elements = json.elements { return JSON(elements.map(links)) }
        return json.string.map { JSON(names.replacingParts(of: $0)) } ?? json
    }

    /// Returns the replacement of a person's name. An email address is replaced by one.
    private func personal(_ text: String, _ kind: Pseudonyms.Kind) -> String {
        names.replacement(of: text, as: text.contains("@") ? .email : kind)
    }

    private static func isSecret(_ name: String) -> Bool {
        if SecretNames.ofRequests.isSecret(name) { return true }
        let key = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return furtherSecrets.contains { key.hasSuffix($0) }
    }

    /// Further secrets, which are of no use in a recording.
    private static let furtherSecrets = ["hash", "salt"]

    /// The fields with names of people, in lower case.
    private static let people: [String: Pseudonyms.Kind] = [
        "firstname": .name, "lastname": .name, "middlename": .name, "displayname": .name, "nickname": .name,
        "givenname": .name, "familyname": .name, "fullname": .name, "formattedname": .name, "manager": .name,
        "honorificprefix": .name, "honorificsuffix": .name, "samaccountname": .login,
        "email": .email, "secondemail": .email, "login": .login, "username": .login, "alternateid": .login,
        "preferredusername": .login, "mobilephone": .phone, "primaryphone": .phone, "phonenumber": .phone,
        "phone": .phone, "streetaddress": .text, "postaladdress": .text, "zipcode": .text, "employeenumber": .text,
        "ipaddress": .text, "birthdate": .text, "profileurl": .text,
    ]
}

/// A body for a recording, which is left out if it is too long.
package struct RecordedBody: Sendable {
    private var bytes: [UInt8] = []
    private var isOmitted = false
    private static let limit = 8 << 20

    package init() {}

    package mutating func add(_ piece: [UInt8]) {
        guard !isOmitted else { return }
        guard piece.count <= Self.limit - bytes.count else { return omit() }
        bytes += piece
    }

    package mutating func omit() {
        isOmitted = true
        bytes = []
    }

    /// The body; nil if it is left out.
    package var content: [UInt8]? { isOmitted ? nil : bytes }
}
#endif
