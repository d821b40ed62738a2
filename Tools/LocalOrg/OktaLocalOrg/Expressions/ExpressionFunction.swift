/// A function of the expression language that group rules support.
struct ExpressionFunction: Sendable {
    /// The number of arguments.
    let arity: ClosedRange<Int>
    /// Whether the function returns a Boolean.
    var isCondition = false
    let run: @Sendable ([ExpressionValue], any ExpressionScope) -> ExpressionValue

    init(
        arity: ClosedRange<Int>, isCondition: Bool = false,
        _ run: @escaping @Sendable ([ExpressionValue], any ExpressionScope) -> ExpressionValue
    ) {
        self.arity = arity
        self.isCondition = isCondition
        self.run = run
    }

    private static func test(
        _ fits: @escaping @Sendable (String, String) -> Bool
    ) -> ExpressionFunction {
        ExpressionFunction(arity: 2...2, isCondition: true) { arguments, _ in
            guard let text = arguments[0].text, let part = arguments[1].text else { return .boolean(false) }
            return .boolean(fits(text, part))
        }
    }

    private static func onList(
        _ arity: ClosedRange<Int>, isCondition: Bool = false,
        _ run: @escaping @Sendable ([ExpressionValue], [ExpressionValue]) -> ExpressionValue
    ) -> ExpressionFunction {
        ExpressionFunction(arity: arity, isCondition: isCondition) { arguments, _ in
            guard case .list(let values) = arguments[0] else { return run([], Array(arguments.dropFirst())) }
            return run(values, Array(arguments.dropFirst()))
        }
    }

    private static func onTexts(
        _ count: Int, _ run: @escaping @Sendable ([String]) -> ExpressionValue
    ) -> ExpressionFunction {
        ExpressionFunction(arity: count...count) { arguments, _ in
            let texts = arguments.compactMap(\.text)
            return texts.count == count ? run(texts) : .null
        }
    }

    private static func onGroups(
        _ fits: @escaping @Sendable ((id: String, name: String), String) -> Bool
    ) -> ExpressionFunction {
        ExpressionFunction(arity: 1...32, isCondition: true) { arguments, scope in
            let wanted = arguments.compactMap(\.text)
            return .boolean(scope.groupNames().contains { group in wanted.contains { fits(group, $0) } })
        }
    }

    /// The functions by name. Any other name is an error, as in Okta.
    static let all: [String: ExpressionFunction] = [
        "String.startsWith": test { $0.hasPrefix($1) },
        "String.stringContains": test { $1.isEmpty || $0.contains($1) },
        "String.stringSwitch": ExpressionFunction(arity: 2...32) { arguments, _ in
            // The arguments are the text, the default, then pairs of a substring and its result.
            guard let text = arguments[0].text else { return arguments[1] }
            for index in stride(from: 2, to: arguments.count - 1, by: 2) {
                if let part = arguments[index].text, text.contains(part) { return arguments[index + 1] }
            }
            return arguments[1]
        },
        "String.toUpperCase": onTexts(1) { .text($0[0].uppercased()) },
        "String.toLowerCase": onTexts(1) { .text($0[0].lowercased()) },
        "String.removeSpaces": onTexts(1) { .text($0[0].filter { $0 != " " }) },
        "String.len": onTexts(1) { .number(Double($0[0].count)) },
        "String.append": onTexts(2) { .text($0[0] + $0[1]) },
        "String.replace": onTexts(3) { .text(replaced($0[0], $0[1], $0[2], onlyFirst: false)) },
        "String.replaceFirst": onTexts(3) { .text(replaced($0[0], $0[1], $0[2], onlyFirst: true)) },
        "String.substringBefore": onTexts(2) { .text(split($0[0], at: $0[1])?.before ?? $0[0]) },
        "String.substringAfter": onTexts(2) { .text(split($0[0], at: $0[1])?.after ?? "") },
        "String.substring": ExpressionFunction(arity: 3...3) { arguments, _ in
            guard let text = arguments[0].text, let from = arguments[1].number.flatMap({ Int(exactly: $0) }),
                let to = arguments[2].number.flatMap({ Int(exactly: $0) }), 0 <= from, from <= to
            else { return .null }
            return .text(String(text.prefix(to).dropFirst(from)))
        },
        "String.join": ExpressionFunction(arity: 2...32) { arguments, _ in
            let texts = arguments.compactMap(\.text)
            return .text(texts.dropFirst().joined(separator: texts.first ?? ""))
        },
        "Arrays.contains": onList(2...2, isCondition: true) { .boolean($0.contains($1[0])) },
        "Arrays.size": onList(1...1) { values, _ in .number(Double(values.count)) },
        "Arrays.isEmpty": onList(1...1, isCondition: true) { values, _ in .boolean(values.isEmpty) },
        "Arrays.add": onList(2...2) { .list($0 + [$1[0]]) },
        "Arrays.remove": onList(2...2) { values, other in .list(values.filter { $0 != other[0] }) },
        "Arrays.clear": onList(1...1) { _, _ in .list([]) },
        "Arrays.get": onList(2...2) { values, other in
            guard let index = other[0].number.flatMap({ Int(exactly: $0) }), values.indices.contains(index) else {
                return .null
            }
            return values[index]
        },
        "Arrays.flatten": ExpressionFunction(arity: 1...32) { arguments, _ in
            .list(arguments.flatMap { if case .list(let values) = $0 { values } else { [$0] } })
        },
        "Arrays.toCsvString": onList(1...1) { values, _ in .text(values.compactMap(\.text).joined(separator: ",")) },
        "Convert.toInt": ExpressionFunction(arity: 1...1) { arguments, _ in
            arguments[0].number.map { .number($0.rounded(.towardZero)) } ?? .null
        },
        "Convert.toNum": ExpressionFunction(arity: 1...1) { arguments, _ in
            arguments[0].number.map { .number($0) } ?? .null
        },
        // No user of a local org comes from Active Directory or Workday.
        "hasDirectoryUser": ExpressionFunction(arity: 0...0, isCondition: true) { _, _ in .boolean(false) },
        "hasWorkdayUser": ExpressionFunction(arity: 0...0, isCondition: true) { _, _ in .boolean(false) },
        "findDirectoryUser": ExpressionFunction(arity: 0...0) { _, _ in .null },
        "findWorkdayUser": ExpressionFunction(arity: 0...0) { _, _ in .null },
        "isMemberOfGroup": onGroups { $0.id == $1 },
        "isMemberOfAnyGroup": onGroups { $0.id == $1 },
        "isMemberOfGroupName": onGroups { $0.name == $1 },
        "isMemberOfGroupNameStartsWith": onGroups { $0.name.hasPrefix($1) },
        "isMemberOfGroupNameContains": onGroups { $0.name.contains($1) },
        "isMemberOfGroupNameRegex": onGroups { group, pattern in
            PatternCache.matches(group.name, pattern)
        },
    ]

    private static func split(_ text: String, at separator: String) -> (before: String, after: String)? {
        guard !separator.isEmpty else { return nil }
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix(separator) {
                return (String(text[..<rest.startIndex]), String(rest.dropFirst(separator.count)))
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func replaced(_ text: String, _ old: String, _ new: String, onlyFirst: Bool) -> String {
        var output = ""
        var rest = text
        while let (before, after) = split(rest, at: old) {
            output += before + new
            rest = after
            if onlyFirst { break }
        }
        return output + rest
    }
}
