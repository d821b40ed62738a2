import Okta

/// Returns a value as text without whitespace between tokens. The order of members and the text of scalars are
/// unchanged.
struct CompactText {
    private(set) var text = ""

    init(_ json: JSON) {
        append(json)
    }

    private mutating func append(_ json: JSON) {
        switch json.kind {
        case .object:
            text += "{"
            for (index, member) in (json.members ?? []).enumerated() {
                text += (index > 0 ? "," : "") + JSON(member.key).text + ":"
                append(member.value)
            }
            text += "}"
        case .array:
            text += "["
            for (index, element) in (json.elements ?? []).enumerated() {
                text += index > 0 ? "," : ""
                append(element)
            }
            text += "]"
        case .number: text += json.numberText ?? ""
        case .string: text += JSON(json.string ?? "").text
        case .null, .boolean: text += json.text
        }
    }
}
