package import OktaRuntime

/// Recognizes the present end of a list that grows, such as the System Log: an empty page that links to itself.
package struct ListEnd: Sendable {
    private var isLastEmpty = false

    package init() {}

    /// Notes a page.
    package mutating func see(_ items: [JSON]) { isLastEmpty = items.isEmpty }

    /// Returns whether an error only means that the list has no more items yet.
    package func isReached(by error: OktaError) -> Bool {
        guard case .paging(let failure) = error else { return false }
        return isLastEmpty && failure.reason == .repeatedCursor
    }

    /// The notice for the user.
    package static let notice = "the list grows; this is all so far"
}
