import Okta

/// A value as text without white space between tokens; members in their order, numbers and strings as they are written.
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
