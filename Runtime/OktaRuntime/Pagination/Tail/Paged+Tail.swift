extension Paged {
    /// The list as one that never ends: what is there, and then what comes.
    ///
    /// For lists that a server lets one poll, such as the System Log in ascending order without `until`: there each page,
    /// an empty one too, leads to a next one.
    ///
    /// ```swift
    /// for try await batch in okta.log.getOrgSystemLog(since: yesterday).tail(from: stored) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - position: A stored ``TailBatch/position`` of the same list; `nil` begins where the list does.
    ///   - interval: The pause after a look that found nothing new.
    ///   - overlap: How far before the latest time seen the list is read anew when the server refuses the place to go
    ///     on from, but no further than the last 4096 elements. Longer, and fewer of the elements are missed that are
    ///     recorded late; what was delivered is not repeated, but for what ``TailGap`` says.
    ///   - maximumBackoff: The longest pause after an error that may pass, such as an outage. The pause is random, below
    ///     a bound that begins at a second and doubles with each failure in a row up to this one. `nil` to end the tail
    ///     with such an error instead.
    ///   - fields: The names of the list's identifier, time and parameter.
    ///   - time: What the pauses are measured by.
    /// - Returns: The tail; nothing is sent before it is iterated.
    public func tail(
        from position: TailPosition? = nil,
        every interval: Duration = .seconds(10),
        overlap: Duration = .seconds(10),
        maximumBackoff: Duration? = .seconds(60),
        fields: TailFields = TailFields(),
        time: any TimeSource = SystemTimeSource()
    ) -> Tail<Element> {
        let options = TailOptions(
            interval: Swift.max(interval, .zero), overlap: Swift.max(overlap, .zero), maximumBackoff: maximumBackoff,
            fields: fields, time: time)
        return Tail(list: list, start: position ?? TailPosition(cursor: list.start), options: options)
    }
}
