package import OktaRuntime

/// Recognizes the end of a list that grows, such as the System Log: an empty page that leads back to itself.
package struct ListEnd: Sendable {
    private var isLastEmpty = false

    package init() {}

    /// Notes a page.
    package mutating func see(_ items: [JSON]) { isLastEmpty = items.isEmpty }

    /// Whether an error only says that there is nothing further yet.
    package func isReached(by error: OktaError) -> Bool {
        guard case .paging(let failure) = error else { return false }
        return isLastEmpty && failure.reason == .repeatedCursor
    }

    /// What a person is to know of it.
    package static let notice = "the list grows; this is all so far"
}
