#if Proxy
internal import HTTPTypes
internal import OktaCommand
internal import OktaRuntime

/// The texts of an exchange as they are recorded.
final class RecordedText {
    private(set) var names: Pseudonyms
    private static let mask = "(secret)"

    init(names: Pseudonyms) { self.names = names }

    /// The address of a request below the host that stands for the org's.
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
        // Searches name people in any words.
        let value = String(parts[1])
        if Self.isSecret(name) { return "\(name)=\(Self.mask)" }
        let isSearch = ["q", "search", "filter", "query"].contains(name)
        return "\(name)=" + (isSearch ? names.replacement(of: value, as: .text) : names.replacingParts(of: value))
    }

    /// A text without names of people: a header field.
    func plain(_ text: String) -> String { names.replacingParts(of: text) }

    /// A body: JSON and forms with their secrets and people replaced, nothing of any other, since it cannot be searched.
    ///
    /// - Parameter fields: The header fields of the message.
    func body(_ body: RecordedBody, _ fields: HTTPFields) -> JSON {
        guard let bytes = body.content else { return .null }
        guard !bytes.isEmpty else { return JSON("") }
        if let json = try? JSON(parsing: bytes) { return JSON(value(json, "", isSecret: false, depth: 0).text) }
        // Compressed, a form may hold what no rule finds.
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

    /// The fields of OAuth's forms that are neither secret nor personal.
    private static let plainFormFields: Set<String> = [
        "grant_type", "scope", "response_type", "client_assertion_type", "token_type_hint", "subject_token_type",
        "requested_token_type", "code_challenge_method",
    ]

    // MARK: JSON

    private func value(_ json: JSON, _ name: String, isSecret: Bool, depth: Int) -> JSON {
        let key = name.lowercased().filter { $0 != "_" && $0 != "-" }
        // What stands there are addresses of operations, such as `resetPassword`.
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

    /// A name of a person that is an address stays recognisable as one.
    private func personal(_ text: String, _ kind: Pseudonyms.Kind) -> String {
        names.replacement(of: text, as: text.contains("@") ? .email : kind)
    }

    private static func isSecret(_ name: String) -> Bool {
        if SecretNames.ofRequests.isSecret(name) { return true }
        let key = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return furtherSecrets.contains { key.hasSuffix($0) }
    }

    /// Beside what is a secret anywhere: of these, a recording has no use.
    private static let furtherSecrets = ["hash", "salt"]

    /// The fields that name a person, in small letters.
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
#endif
