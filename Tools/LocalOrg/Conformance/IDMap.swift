import OktaRuntime

/// Maps the names in a recording, mainly ids, to those that the local org assigns.
struct IDMap {
    private var names: [String: String] = [:]
    /// Names that the recording and the local org share.
    private let shared: Set<String>

    init(shared: Set<String>) { self.shared = shared }

    /// Members whose values are names that later requests may use.
    private static let members: Set = [
        "id", "kid", "client_id", "name", "sessionToken", "activationToken", "userId", "principalId", "captchaId",
        "brandId", "targetGroupId", "client_secret", "realmId",
    ]

    /// Learns names from the two responses to one request.
    mutating func learn(_ recorded: JSON, _ local: JSON) {
        if let left = recorded.members {
            for (name, value) in left {
                guard let other = local[name] else { continue }
                if Self.members.contains(name), let from = value.string, let to = other.string {
                    add(from, to)
                } else {
                    learn(value, other)
                }
            }
        } else if let left = recorded.elements, let right = local.elements {
            // Elements are matched by name if each has a distinct one, otherwise by position.
            let names = left.compactMap { $0["name"]?.string }
            if names.count == left.count, Set(names).count == names.count {
                for one in left {
                    if let other = right.first(where: { $0["name"] == one["name"] }) { learn(one, other) }
                }
            } else if left.count == right.count {
                for (one, other) in zip(left, right) { learn(one, other) }
            }
        }
    }

    private mutating func add(_ from: String, _ to: String) {
        guard from != to, from.utf8.count > 7, names[from] == nil, !shared.contains(from) else { return }
        names[from] = to
    }

    /// Returns a text with the recording's names replaced.
    func mapped(_ text: String) -> String {
        guard !names.isEmpty else { return text }
        var output: [UInt8] = []
        var word: [UInt8] = []
        func end() {
            guard !word.isEmpty else { return }
            let name = String(decoding: word, as: UTF8.self)
            if let mapped = names[name] {
                output += mapped.utf8
            } else if name.hasSuffix("_link"), let mapped = names[String(name.dropLast(5))] {
                output += "\(mapped)_link".utf8
            } else if name.hasPrefix("osc"), let mapped = names["oty" + name.dropFirst(3)] {
                output += ("osc" + mapped.dropFirst(3)).utf8
            } else {
                output += word
            }
            word = []
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                word.append(byte)
            default:
                end()
                output.append(byte)
            }
        }
        end()
        return String(decoding: output, as: UTF8.self)
    }
}
