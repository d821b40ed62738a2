import OktaCatalog
import YAML

/// Edits a list or mapping in flow style, including the commas between members. Comments are kept.
struct FlowEditWriter {
    private(set) var edits: TextEdits
    private let changes: YAMLEdits.Changes
    private let node: YAMLNode
    /// The range of each member, from its key to the end of its value.
    private let members: [Range<Int>]

    init(edits: TextEdits, node: YAMLNode, changes: YAMLEdits.Changes) {
        self.edits = edits
        self.node = node
        self.changes = changes
        let stretches: [(SourceMark, SourceMark)] =
            node.entries?.map { ($0.key.location.start, max($0.key.location.end, $0.value.location.end)) }
            ?? node.elements?.map { ($0.location.start, $0.location.end) } ?? []
        members = stretches.map { edits.offset(of: $0)..<edits.offset(of: $1) }
    }

    mutating func write() {
        let survivors = members.indices.filter { !changes.removed.contains($0) }
        if !changes.removed.isEmpty { removeMembers() }
        for index in survivors {
            guard let value = changes.values[index], let entry = node.entries?[index] else { continue }
            edits.set(entry, to: YAMLNotation.flow(value.node))
        }
        // New members are inserted after the last remaining one before their position, so that they keep their order.
        var waiting = changes.insertions(at: .first).map(\.flow)
        var last: Int?
        for index in members.indices {
            if survivors.contains(index) {
                insert(waiting, behind: last, isBeforeMember: last == nil)
                waiting = []
                last = index
            }
            waiting += changes.insertions(at: .after(index)).map(\.flow)
        }
        insert(waiting, behind: last, isBeforeMember: false)
    }

    private mutating func insert(_ members: [String], behind index: Int?, isBeforeMember: Bool) {
        guard !members.isEmpty else { return }
        let text = members.joined(separator: ", ")
        if let index {
            edits.replace(self.members[index].upperBound..<self.members[index].upperBound, by: ", \(text)")
        } else {
            let start = edits.offset(of: node.location.start) + 1
            edits.replace(start..<start, by: isBeforeMember ? "\(text), " : text)
        }
    }

    private mutating func removeMembers() {
        var run: Range<Int>?
        for index in members.indices {
            guard changes.removed.contains(index) else { continue }
            let start = run?.lowerBound ?? index
            run = start..<(index + 1)
            let isEnd = index + 1 == members.count || !changes.removed.contains(index + 1)
            guard isEnd, let whole = run else { continue }
            remove(whole)
            run = nil
        }
    }

    /// Removes adjacent members with the commas around them.
    private mutating func remove(_ run: Range<Int>) {
        let isLast = run.upperBound == members.count
        let closing = edits.offset(of: node.location.end) - 1
        let stretch: Range<Int>
        if !isLast {
            stretch = members[run.lowerBound].lowerBound..<members[run.upperBound].lowerBound
        } else if run.lowerBound > 0 {
            stretch = members[run.lowerBound - 1].upperBound..<members[run.upperBound - 1].upperBound
        } else {
            let end = members[run.upperBound - 1].upperBound
            let comma = edits.first(",", in: end..<closing).map { $0 + 1 } ?? end
            stretch = members[run.lowerBound].lowerBound..<comma
        }
        guard edits.text(stretch).contains("#") else { return edits.replace(stretch, by: "") }
        // If there are comments in between, only the members are removed.
        for index in run { edits.replace(members[index], by: "") }
        var gaps = run.dropLast().map { members[$0].upperBound..<members[$0 + 1].lowerBound }
        if !isLast {
            gaps.append(members[run.upperBound - 1].upperBound..<members[run.upperBound].lowerBound)
        } else if run.lowerBound > 0 {
            gaps.append(members[run.lowerBound - 1].upperBound..<members[run.lowerBound].lowerBound)
        } else {
            gaps.append(members[run.upperBound - 1].upperBound..<closing)
        }
        for gap in gaps {
            if let comma = edits.first(",", in: gap) { edits.replace(comma..<(comma + 1), by: "") }
        }
    }
}
