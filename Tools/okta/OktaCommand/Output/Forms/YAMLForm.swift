internal import OktaRuntime
internal import YAML

/// YAML in block style: a value, or a sequence of all items.
struct YAMLForm: ResultForm {
    let isList: Bool
    let isTerminal: Bool
    private var isEmpty = true

    init(isList: Bool, isTerminal: Bool) {
        self.isList = isList
        self.isTerminal = isTerminal
    }

    mutating func add(_ item: JSON, to bytes: inout [UInt8]) {
        isEmpty = false
        let value = Self.value(item)
        // Consecutive one-item sequences form one sequence. For a single scalar libyaml would add a document end
        // marker, so it is also written in a sequence, and the sequence's marker is removed.
        let isBare = !isList && item.kind.isScalar
        guard var text = YAMLEmitter.bytes(of: isList || isBare ? .sequence([value]) : value) else { return }
        if isBare { text.removeFirst(2) }
        bytes +=
            isTerminal ? Array(TerminalText.safe(String(decoding: text, as: UTF8.self), keepsLines: true).utf8) : text
    }

    mutating func finish(in bytes: inout [UInt8]) {
        if isList, isEmpty { bytes += "[]\n".utf8 }
    }

    private static func value(_ json: JSON) -> YAMLText {
        switch json.kind {
        case .string: return .text(json.string ?? "")
        case .array: return .sequence((json.elements ?? []).map(value))
        case .object:
            var entries: [(name: String, value: YAMLText)] = []
            var places: [String: Int] = [:]
            // YAML does not allow repeated names; the last one counts, as in the library.
            for member in json.members ?? [] {
                if let place = places[member.key] {
                    entries[place].value = value(member.value)
                } else {
                    places[member.key] = entries.count
                    entries.append((member.key, value(member.value)))
                }
            }
            return .mapping(entries)
        default: return .word(json.text)
        }
    }
}
