// SPDX-License-Identifier: Apache-2.0
// The least that a program with the libraries of gpsh takes: they are loaded and relocated, and that is all.
int main() {}
