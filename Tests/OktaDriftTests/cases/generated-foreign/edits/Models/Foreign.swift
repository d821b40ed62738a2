struct Foreign {}
